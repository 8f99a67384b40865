// Chinese for what bpmn-js-i18n leaves out: the properties panel, and our word for lanes (泳道).
export default {
  // panel
  '<none>': '（无）', '<empty>': '（空）', 'Create': '新建', 'Create new ...': '新建…', 'Create new list item': '添加一项', 'Delete item': '删除这一项',
  'Toggle list item': '展开或收起', 'Toggle section': '展开或收起', 'Section contains an error': '这一组里有错误', 'Section contains edits': '这一组里有改动',
  'Open pop-up editor': '打开大编辑框', 'Opened in editor': '已在大编辑框中打开', 'Open documentation': '打开说明', 'On': '开', 'Off': '关',
  'JSON contains errors': 'JSON 有错误', 'FEEL expression': 'FEEL 表达式', 'FEEL expression is mandatory': '须填写 FEEL 表达式', 'Unparsable FEEL expression.': 'FEEL 表达式无法解析。',
  'Select an element to edit its properties.': '点一个步骤，编辑它的属性。', 'Multiple elements are selected. Select a single element to edit its properties.': '选中了多个，请只选一个。',
  // general
  'General': '基本', 'Name': '名称', 'ID': '编号', 'Key': '键', 'Value': '值', 'Type': '类型', 'Update': '更新', 'BPMN': 'BPMN', 'Code': '代码', 'Date': '日期',
  'ID must not be empty.': '编号不能为空。', 'ID must be unique.': '编号不能重复。', 'ID must not contain spaces.': '编号不能有空格。', 'ID must not contain prefix.': '编号不能有前缀。', 'ID must be a valid QName.': '编号只能用字母、数字、下划线、点和连字符，且不以数字开头。',
  'Documentation': '说明', 'Element documentation': '步骤说明', 'Process documentation': '流程说明', 'Process name': '流程名称', 'Process ID': '流程编号', 'Participant Name': '参与者名称', 'Participant ID': '参与者编号',
  'Executable': '可执行', 'Version tag': '版本标记', 'Priority': '优先级', 'Condition expression': '条件表达式', 'Condition': '条件', 'Implementation': '实现方式', 'Implementation type': '实现类型',
  // events
  'Event type': '事件类型', 'Timer': '定时', 'Duration': '时长', 'Cycle': '周期', 'Message': '消息', 'Signal': '信号', 'Error': '错误', 'Escalation': '升级', 'Link': '链接', 'Compensation': '补偿',
  'Global message reference': '引用的消息', 'Global signal reference': '引用的信号', 'Global error reference': '引用的错误', 'Global escalation reference': '引用的升级', 'Activity reference': '引用的活动', 'Wait for completion': '等待完成',
  'A specific point in time defined as ISO 8601 combined date and time representation.': '某一时刻，按 ISO 8601 书写。', 'A time duration defined as ISO 8601 durations format.': '一段时长，按 ISO 8601 书写。', 'A cycle defined as ISO 8601 repeating intervals format.': '重复周期，按 ISO 8601 书写。', 'A cycle defined as ISO 8601 repeating intervals format, or a cron expression.': '重复周期，按 ISO 8601 或 cron 书写。',
  'How to configure a timer': '怎样设定时', 'Timer documentation': '定时说明', 'Documentation: Timer events': '说明：定时事件', '15 seconds': '15 秒', '1 hour and 30 minutes': '1 小时 30 分', '14 days': '14 天', 'UTC time': 'UTC 时间', 'UTC plus 2 hours zone offset': 'UTC+2',
  'every 10 seconds, up to 5 times': '每 10 秒一次，最多 5 次', 'every day, infinitely': '每天一次', 'every hour on the hour from 9-5 p.m. UTC Monday-Friday': '周一至周五 9 至 17 时每小时一次（UTC）',
  // loops and multi-instance
  'Multi-instance': '多实例', 'Loop cardinality': '次数', 'Completion condition': '完成条件', 'Completion': '完成', 'Cancel remaining instances': '取消其余实例', 'Active elements collection': '活动元素集合', 'Input collection': '输入集合', 'Input element': '输入元素', 'Output collection': '输出集合', 'Output element': '输出元素', '{eventType}: {type}': '{eventType}：{type}',
  // canvas
  'Activate hand tool': '移动画布', 'Activate lasso tool': '框选', 'Activate create/remove space tool': '增减空白', 'Activate global connect tool': '连线',
  'Add lane above': '在上方加泳道', 'Add lane below': '在下方加泳道', 'Divide into two lanes': '分成两条泳道', 'Divide into three lanes': '分成三条泳道', 'more than {count} child lanes': '超过 {count} 条泳道',
  'Change element': '更换类型', 'Change type': '更换类型', 'Align elements': '对齐', 'Align elements ': '对齐', 'Distribute elements horizontally': '横向均分', 'Distribute elements vertically': '纵向均分', 'Toggle non-interrupting': '切换是否中断', 'Search in diagram': '在图中查找',
  'Ad-hoc sub-process': '临时子流程', 'Event based instantiating Gateway': '事件实例化网关', 'Parallel Event based instantiating Gateway': '并行事件实例化网关', 'Append task': '接一个任务', 'Append gateway': '接一个网关', 'Append end event': '接结束', 'Append intermediate/boundary event': '接中间事件',
};
